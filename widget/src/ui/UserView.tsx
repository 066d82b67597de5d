import type { ReactElement } from 'react';
import type { UserEntry } from '../state/entry';
import { text } from '../text/text';
import { Bubble } from './chatui';
import { useChat } from './context';
import { Icon } from './icons';

function sentence(entry: UserEntry): string {
  if (entry.reason) return entry.reason;
  if (entry.delivery === 'failed' && entry.problem === 'server') return text.delivery.serverFailed;
  return entry.problem ? text.delivery[entry.problem] : '';
}

/** What the borrower said, and how far it has come. */
export function UserView({ entry }: { entry: UserEntry }): ReactElement {
  const { controller } = useChat();
  const stuck = entry.delivery === 'failed' || entry.delivery === 'waiting';
  return (
    <div className="user-message" data-delivery={entry.delivery}>
      <span className="visually-hidden">{text.log.you}：</span>
      <Bubble content={entry.text} />
      {stuck && (
        <div className="delivery" role="status">
          <span className="delivery-words">
            <Icon name={entry.delivery === 'waiting' ? 'retry' : 'offline'} />
            {sentence(entry)}
          </span>
          {entry.problem !== 'ended' && (
            <span className="delivery-actions">
              <button
                type="button"
                className="link"
                onClick={() => {
                  controller.retry(entry.id);
                }}
              >
                {entry.delivery === 'waiting' ? text.delivery.retryNow : text.delivery.retry}
              </button>
              {entry.delivery === 'failed' && (
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    controller.drop(entry.id);
                  }}
                >
                  {text.delivery.drop}
                </button>
              )}
            </span>
          )}
        </div>
      )}
    </div>
  );
}
