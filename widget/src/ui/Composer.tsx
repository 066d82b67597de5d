import { useEffect, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { fill, text } from '../text/text';
import { useChat, useChatState } from './context';
import { COMPOSER_ID } from './focus';
import { Icon } from './icons';

/** Of the channel's contract, counted in characters as the server counts them. */
export const LIMIT = 1_000;
/** The counter appears when this many characters are left. */
const COUNTER_FROM = LIMIT - 200;

/** Characters as a person counts them: an emoji outside the basic plane is one. */
export function characters(words: string): number {
  return Array.from(words).length;
}

function useAutoHeight(words: string): React.RefObject<HTMLTextAreaElement> {
  const ref = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = ref.current;
    if (!area) return;
    area.style.height = 'auto';
    area.style.height = `${String(area.scrollHeight)}px`;
  }, [words]);
  return ref;
}

/** Words not sent yet outlive the composer: a session may end while somebody types. */
function useKeptDraft(words: string): void {
  const { controller } = useChat();
  const latest = useRef(words);
  useEffect(() => {
    latest.current = words;
  }, [words]);
  useEffect(
    () => () => {
      controller.keepDraft(latest.current);
    },
    [controller],
  );
}

export function Composer(): ReactElement {
  const { controller, announce } = useChat();
  const { returnedDraft } = useChatState();
  const [words, setWords] = useState(returnedDraft);
  const area = useAutoHeight(words);
  const count = characters(words);
  const over = count - LIMIT;
  const blank = words.trim() === '';

  useKeptDraft(words);

  useEffect(() => {
    if (!returnedDraft) return;
    controller.takeDraft();
    announce(text.composer.restored);
  }, [returnedDraft, controller, announce]);

  const submit = (): void => {
    if (blank || over > 0) return;
    controller.say(words.trim());
    setWords('');
    area.current?.focus();
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <div className="composer-box">
        <label className="visually-hidden" htmlFor={COMPOSER_ID}>
          {text.composer.label}
        </label>
        <textarea
          ref={area}
          id={COMPOSER_ID}
          rows={1}
          value={words}
          placeholder={text.composer.placeholder}
          enterKeyHint="send"
          autoComplete="off"
          aria-describedby="composer-hint composer-count"
          aria-invalid={over > 0}
          onChange={(event) => {
            setWords(event.target.value);
            controller.touch();
          }}
          onKeyDown={(event) => {
            // While an input method composes, Enter chooses characters.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            submit();
          }}
        />
        <button
          type="submit"
          className="send"
          aria-label={text.composer.send}
          disabled={blank || over > 0}
        >
          <Icon name="send" />
        </button>
      </div>
      <div className="composer-foot">
        <span id="composer-hint" className="composer-hint">
          <span className="visually-hidden">{text.composer.hint}。</span>
          {text.ai.short}
        </span>
        <span id="composer-count" className={over > 0 ? 'count count--over' : 'count'} role="status">
          {over > 0
            ? fill(text.composer.over, { count: over })
            : count > COUNTER_FROM && fill(text.composer.count, { count, limit: LIMIT })}
        </span>
      </div>
    </form>
  );
}
