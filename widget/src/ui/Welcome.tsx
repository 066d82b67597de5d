import type { ReactElement } from 'react';
import { text } from '../text/text';
import { useChat, useChatState } from './context';
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
              className="chip"
              onClick={() => {
                controller.say(question);
              }}
            >
              {question}
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
      <p className="fine">
        <Icon name="shield" />
        <span>{text.welcome.privacy}</span>
      </p>
      <p className="fine">
        <Mono />
        <span>{aiLabel || text.ai.label}</span>
      </p>
    </section>
  );
}

function Mono(): ReactElement {
  return (
    <span className="mono" aria-hidden="true">
      AI
    </span>
  );
}
