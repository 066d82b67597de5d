import { useEffect, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { OpenedLink, ShownCode } from '../contract/types';
import { writtenClock } from '../format/date';
import { fill, text } from '../text/text';
import { Refused } from '../transport/http';
import { Button } from './chatui';
import { copyText } from './clipboard';
import { useChat, useChatState } from './context';
import { failureSentence } from './failure';
import { Icon } from './icons';
import { SignInPanel } from './SignInPanel';

interface LinkScreenProps {
  link: string;
  /** Leaves for the ordinary conversation on this page. */
  onLeave: () => void;
}

/**
 * Signs a conversation of another channel in: says which, has the borrower prove who they are, and
 * shows the code that goes back.
 */
export default function LinkScreen({ link, onLeave }: LinkScreenProps): ReactElement {
  const { controller } = useChat();
  const { borrower } = useChatState();
  const [opened, setOpened] = useState<OpenedLink | null>(null);
  const [code, setCode] = useState<ShownCode | null>(null);
  const [over, setOver] = useState('');
  const [problem, setProblem] = useState('');
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let wanted = true;
    controller
      .lookAtLink(link)
      .then((found) => {
        if (wanted) setOpened(found);
      })
      .catch((error: unknown) => {
        if (wanted) setOver(failureSentence(error, text.link.over));
      });
    return () => {
      wanted = false;
    };
  }, [controller, link]);

  const confirm = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      setCode(await controller.confirmLink(link));
    } catch (error) {
      if (error instanceof Refused && error.code === 'link_unknown') {
        setOver(failureSentence(error, text.link.over));
      } else {
        setProblem(failureSentence(error, text.errors.server));
      }
    } finally {
      setBusy(false);
    }
  };

  if (over) {
    return (
      <Sheet title={text.link.overTitle}>
        <p>{over}</p>
        <Leave primary onLeave={onLeave} />
      </Sheet>
    );
  }
  if (!opened) {
    return (
      <p className="starting" role="status">
        {text.link.looking}
      </p>
    );
  }
  if (code) return <Code channel={opened.channel} code={code} onLeave={onLeave} />;
  return (
    <Sheet title={fill(text.link.title, { channel: opened.channel })}>
      <p>{text.link.why}</p>
      <p className="link-warning">
        <Icon name="shield" />
        {fill(text.link.warning, { channel: opened.channel })}
      </p>
      {borrower ? (
        <div className="link-actions">
          <Button color="primary" disabled={busy} onClick={() => void confirm()}>
            {fill(text.link.confirm, { name: borrower.display_name })}
          </Button>
          <Leave onLeave={onLeave} />
        </div>
      ) : (
        <SignInPanel heading="h3" />
      )}
      <p className="problem" role="alert">
        {problem}
      </p>
    </Sheet>
  );
}

interface CodeProps {
  channel: string;
  code: ShownCode;
  onLeave: () => void;
}

function Code({ channel, code, onLeave }: CodeProps): ReactElement {
  const { announce } = useChat();
  const [copied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    const done = await copyText(code.code);
    setCopied(done);
    announce(done ? text.message.copied : text.message.copyFailed);
  };
  return (
    <Sheet title={fill(text.link.codeTitle, { channel })}>
      <p className="link-code">
        <span aria-hidden="true">
          {code.code.slice(0, 3)} {code.code.slice(3)}
        </span>
        {/* For those who listen: digit by digit. */}
        <span className="visually-hidden">{code.code.replace(/\d/g, '$& ')}</span>
      </p>
      <p>{fill(text.link.until, { time: writtenClock(code.expires_at) })}</p>
      <p className="link-warning">
        <Icon name="shield" />
        {text.link.codeWarning}
      </p>
      <div className="link-actions">
        <Button color="primary" onClick={() => void copy()}>
          {copied ? text.message.copied : text.link.copy}
        </Button>
        <Leave onLeave={onLeave} />
      </div>
    </Sheet>
  );
}

function Leave({ onLeave, primary }: { onLeave: () => void; primary?: boolean }): ReactElement {
  return (
    <Button {...(primary ? { color: 'primary' as const } : {})} onClick={onLeave}>
      {text.link.leave}
    </Button>
  );
}

function Sheet({ title, children }: { title: string; children: ReactNode }): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [title]);
  return (
    <section className="state link-sheet" aria-labelledby="link-title">
      <h2 id="link-title" ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
