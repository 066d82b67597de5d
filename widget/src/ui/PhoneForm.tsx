import { useId, useState, type ReactElement } from 'react';
import type { PhoneChallenge } from '../contract/types';
import { fill, text } from '../text/text';
import { Button } from './chatui';
import { useChat } from './context';
import { failureSentence } from './failure';

const PHONE = /^1\d{10}$/;
const CODE = /^\d{4,8}$/;

function digits(value: string): string {
  return value.replace(/[\s-]/g, '');
}

/** Sign-in by one-time code: first the number, then the code. */
export function PhoneForm({ heading: Title }: { heading: 'h3' | 'h4' }): ReactElement {
  const { controller } = useChat();
  const [challenge, setChallenge] = useState<PhoneChallenge | null>(null);
  const [value, setValue] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const id = useId();

  const attempt = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await work();
    } catch (error) {
      setProblem(failureSentence(error, text.signIn.failed));
    } finally {
      setBusy(false);
    }
  };

  const submit = (): void => {
    const entered = digits(value);
    if (!challenge && !PHONE.test(entered)) {
      setProblem(text.signIn.phoneInvalid);
    } else if (challenge && !CODE.test(entered)) {
      setProblem(text.signIn.codeInvalid);
    } else if (challenge) {
      void attempt(() => controller.finishVerification(challenge.challenge, entered));
    } else {
      void attempt(async () => {
        setChallenge(await controller.startVerification(entered));
        setValue('');
      });
    }
  };

  return (
    <section className="sign-in-way">
      <Title>{text.signIn.phoneTitle}</Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor={id}>{challenge ? text.signIn.code : text.signIn.phone}</label>
        <div className="field-row">
          <input
            key={challenge ? 'code' : 'phone'}
            id={id}
            value={value}
            type={challenge ? 'text' : 'tel'}
            inputMode="numeric"
            autoComplete={challenge ? 'one-time-code' : 'tel-national'}
            maxLength={challenge ? 8 : 13}
            aria-describedby={`${id}-problem`}
            aria-invalid={problem !== ''}
            onChange={(event) => {
              setValue(event.target.value);
            }}
          />
          <Button type="submit" color="primary" disabled={busy}>
            {challenge ? text.signIn.confirm : text.signIn.sendCode}
          </Button>
        </div>
        {challenge?.demo_code && (
          <p className="hint">{fill(text.signIn.demoCode, { code: challenge.demo_code })}</p>
        )}
        <p className="problem" role="alert" id={`${id}-problem`}>
          {problem}
        </p>
        {challenge ? (
          <button
            type="button"
            className="link"
            onClick={() => {
              setChallenge(null);
              setValue('');
              setProblem('');
            }}
          >
            {text.signIn.otherPhone}
          </button>
        ) : (
          <p className="hint">{text.signIn.safety}</p>
        )}
      </form>
    </section>
  );
}
