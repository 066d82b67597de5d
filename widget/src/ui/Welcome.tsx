import type { ReactElement } from 'react';
import { text } from '../text/text';
import { useChat, useChatState } from './context';
import { focusConversation } from './focus';
import { Icon } from './icons';

/** What an empty conversation shows: calm words, what it can do, and a first step. */
export function Welcome(): ReactElement {
  const { controller, askToSignIn } = useChat();
  const { borrower, aiLabel } = useChatState();
  return (
    <section className="welcome" aria-labelledby="welcome-title">
      <h2 id="welcome-title">{text.welcome.title}</h2>
      <p className="welcome-lead">{text.welcome.lead}</p>
      <h3>{text.welcome.try}</h3>
      <ul className="welcome-questions">
        {text.welcome.questions.map((question) => (
          <li key={question}>
            <button
              type="button"
              onClick={() => {
                controller.say(question);
                focusConversation();
              }}
            >
              <span>{question}</span>
              <Icon name="send" />
            </button>
          </li>
        ))}
      </ul>
      {!borrower && (
        <p className="welcome-sign-in">
          <button type="button" className="link" onClick={askToSignIn}>
            {text.header.signIn}
          </button>
          <span>{text.welcome.signIn}</span>
        </p>
      )}
      <div className="fine">
        <Icon name="shield" />
        <p>{text.welcome.privacy}</p>
        <span className="mono" aria-hidden="true">
          AI
        </span>
        <p>{aiLabel || text.ai.label}</p>
      </div>
    </section>
  );
}
