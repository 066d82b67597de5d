import { cleanup, render as renderInto, type RenderResult } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, vi } from 'vitest';
import { ChatProvider, type Chat } from '../../src/ui/context';
import { conversation, type Conversation } from './fakeApi';

afterEach(cleanup);

// jsdom has no screen: to the page it is a computer with a mouse.
window.matchMedia = () => ({ matches: true }) as MediaQueryList;

export interface Rendered extends RenderResult, Conversation {
  chat: Chat;
}

/** Renders a part of the page inside a started conversation. */
export async function renderChat(part: ReactNode, made = conversation()): Promise<Rendered> {
  await made.controller.start();
  const chat: Chat = {
    controller: made.controller,
    print: vi.fn(),
    announce: vi.fn(),
    askToSignIn: vi.fn(),
    signInByHost: null,
  };
  return { ...renderInto(<ChatProvider value={chat}>{part}</ChatProvider>), ...made, chat };
}
