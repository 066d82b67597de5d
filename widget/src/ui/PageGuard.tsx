import { Component, type ReactNode } from 'react';
import { text } from '../text/text';
import { StateScreen } from './StateScreen';

/** The last net: a fault of the page is said in words, and a reload brings the conversation back. */
export class PageGuard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="page body body--quiet">
        <StateScreen
          title={text.states.brokenTitle}
          action={text.states.brokenAction}
          onAction={() => {
            window.location.reload();
          }}
        >
          <p>{text.states.broken}</p>
          <p>{text.states.unreachableWayOut}</p>
        </StateScreen>
      </main>
    );
  }
}
