import type { ReactElement } from 'react';
import { text } from '../text/text';
import { useChat, useChatState } from './context';
import { SIZES, THEMES, type Preferences } from './preferences';

interface MenuProps {
  preferences: Preferences;
  onPreferences: (change: Partial<Preferences>) => void;
  onDone: () => void;
}

interface ChoiceProps<T extends string> {
  legend: string;
  name: string;
  options: readonly T[];
  labels: Readonly<Record<T, string>>;
  value: T;
  onChange: (value: T) => void;
}

function Choice<T extends string>(props: ChoiceProps<T>): ReactElement {
  return (
    <fieldset className="choice">
      <legend>{props.legend}</legend>
      <div className="choice-row">
        {props.options.map((option) => (
          <label key={option}>
            <input
              type="radio"
              name={props.name}
              value={option}
              checked={option === props.value}
              onChange={() => {
                props.onChange(option);
              }}
            />
            <span>{props.labels[option]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

export function Menu({ preferences, onPreferences, onDone }: MenuProps): ReactElement {
  const { controller, print, askToSignIn } = useChat();
  const { phase, borrower, entries } = useChatState();
  const act = (action: () => void) => () => {
    onDone();
    action();
  };
  return (
    <div className="menu" id="menu">
      <Choice
        legend={text.header.size}
        name="size"
        options={SIZES}
        labels={text.header.sizes}
        value={preferences.size}
        onChange={(size) => {
          onPreferences({ size });
        }}
      />
      <Choice
        legend={text.header.theme}
        name="theme"
        options={THEMES}
        labels={text.header.themes}
        value={preferences.theme}
        onChange={(theme) => {
          onPreferences({ theme });
        }}
      />
      <div className="menu-actions">
        {entries.length > 0 && (
          <button
            type="button"
            onClick={act(() => {
              print({ kind: 'conversation' });
            })}
          >
            {text.header.print}
          </button>
        )}
        {phase === 'ready' && !borrower && (
          <button type="button" onClick={act(askToSignIn)}>
            {text.header.signIn}
          </button>
        )}
        {phase === 'ready' && !borrower && entries.length > 0 && (
          <button type="button" onClick={act(() => void controller.startOver())}>
            {text.header.restart}
          </button>
        )}
        {phase === 'ready' && borrower && (
          <button type="button" onClick={act(() => void controller.signOut())}>
            {text.header.signOut}
          </button>
        )}
      </div>
    </div>
  );
}
