import { createContext, useContext, useSyncExternalStore } from 'react';
import type { PlanOption, PlanOptionsCard } from '../contract/types';
import type { ChatState } from '../state/chat';
import type { ChatController } from '../state/controller';

/** What a sheet of paper shows. */
export type Printable =
  | { kind: 'plan'; option: PlanOption; card: PlanOptionsCard }
  | { kind: 'conversation' };

export interface Chat {
  controller: ChatController;
  print: (printable: Printable) => void;
  /** Says a short line to screen readers. */
  announce: (words: string) => void;
  askToSignIn: () => void;
  /** Present when a host page can vouch for its user. */
  signInByHost: (() => Promise<boolean>) | null;
}

const ChatContext = createContext<Chat | null>(null);

export const ChatProvider = ChatContext.Provider;

export function useChat(): Chat {
  const chat = useContext(ChatContext);
  if (!chat) throw new Error('outside of the chat');
  return chat;
}

export function useChatState(): ChatState {
  const { controller } = useChat();
  return useSyncExternalStore(controller.subscribe, controller.snapshot);
}
