import { useState, type ReactElement } from 'react';
import type { ReplyEntry } from '../state/entry';
import { text } from '../text/text';
import { copyText } from './clipboard';
import { useChat, useChatState } from './context';
import { FeedbackForm } from './FeedbackForm';
import { Icon } from './icons';

interface ReplyToolsProps {
  entry: ReplyEntry;
  canRate: boolean;
  /** Whether the text behind a card is shown; null when there is none. */
  spelledOut: boolean | null;
  onSpellOut: (shown: boolean) => void;
}

/** Copy, the text behind a card, and whether the answer helped. */
export function ReplyTools({ entry, canRate, spelledOut, onSpellOut }: ReplyToolsProps): ReactElement {
  const { controller, announce } = useChat();
  const rating = useChatState().ratings[entry.seq];
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState('');

  const copy = async (): Promise<void> => {
    const done = await copyText(entry.text);
    setCopied(done);
    announce(done ? text.message.copied : text.message.copyFailed);
  };

  const rate = async (helpful: boolean, comment: string): Promise<void> => {
    try {
      await controller.rate(entry.seq, helpful ? 'helpful' : 'unhelpful', comment);
      setAsking(false);
      setProblem('');
      announce(text.feedback.thanks);
    } catch {
      setProblem(text.feedback.failed);
    }
  };

  return (
    <div className="tools">
      <div className="tools-row">
        <button type="button" className="tool" onClick={() => void copy()}>
          <Icon name={copied ? 'check' : 'copy'} />
          {copied ? text.message.copied : text.message.copy}
        </button>
        {spelledOut !== null && (
          <button
            type="button"
            className="tool"
            aria-expanded={spelledOut}
            onClick={() => {
              onSpellOut(!spelledOut);
            }}
          >
            {spelledOut ? text.message.hideText : text.message.showText}
          </button>
        )}
        {canRate &&
          entry.kind === 'bot' &&
          entry.inReplyTo &&
          // Nobody in distress is asked to rate the answer.
          entry.card?.type !== 'help_lines' &&
          (rating ? (
            <span className="tool tool--done">
              <Icon name="check" />
              {text.feedback.thanks}
            </span>
          ) : (
            <span className="rating" role="group" aria-label={text.feedback.question}>
              <button
                type="button"
                className="tool"
                onClick={() => void rate(true, '')}
                aria-label={text.feedback.helpful}
                title={text.feedback.helpful}
              >
                <Icon name="up" />
              </button>
              <button
                type="button"
                className="tool"
                aria-expanded={asking}
                onClick={() => {
                  setAsking(!asking);
                }}
                aria-label={text.feedback.unhelpful}
                title={text.feedback.unhelpful}
              >
                <Icon name="down" />
              </button>
            </span>
          ))}
      </div>
      {asking && !rating && (
        <FeedbackForm
          onSubmit={(comment) => void rate(false, comment)}
          onCancel={() => {
            setAsking(false);
          }}
        />
      )}
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}
