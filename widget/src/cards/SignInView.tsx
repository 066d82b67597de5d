import type { ReactElement } from 'react';
import type { SignInCard } from '../contract/types';
import { fill, text } from '../text/text';
import { useChatState } from '../ui/context';
import { Icon } from '../ui/icons';
import { SignInPanel } from '../ui/SignInPanel';
import { CardFrame } from './CardFrame';

export function SignInView({ card }: { card: SignInCard }): ReactElement {
  const { borrower, phase } = useChatState();
  return (
    <CardFrame title={card.title || text.signIn.title}>
      {borrower ? (
        <p className="card-text signed-in">
          <Icon name="check" />
          {fill(text.signIn.done, { name: borrower.display_name })}
        </p>
      ) : (
        <>
          {card.text && <p className="card-text">{card.text}</p>}
          {phase === 'ready' && <SignInPanel heading="h4" />}
        </>
      )}
    </CardFrame>
  );
}
