import { useEffect, useState } from 'react';

/** How the page looks; nothing about the borrower, so it may stay on the device. */
export type Theme = 'auto' | 'light' | 'dark';
export type TextSize = 'normal' | 'large' | 'huge';

export interface Preferences {
  theme: Theme;
  size: TextSize;
}

export const THEMES: readonly Theme[] = ['auto', 'light', 'dark'];
export const SIZES: readonly TextSize[] = ['normal', 'large', 'huge'];

const KEY = 'yuqi-chat.look';

function load(): Preferences {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>;
    return {
      theme: THEMES.find((theme) => theme === saved.theme) ?? 'auto',
      size: SIZES.find((size) => size === saved.size) ?? 'normal',
    };
  } catch {
    return { theme: 'auto', size: 'normal' };
  }
}

function save(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Storage forbidden: the look lasts until the page is left.
  }
}

export function usePreferences(): [Preferences, (change: Partial<Preferences>) => void] {
  const [preferences, setPreferences] = useState(load);
  useEffect(() => {
    document.documentElement.dataset.theme = preferences.theme;
    document.documentElement.dataset.size = preferences.size;
    save(preferences);
  }, [preferences]);
  return [
    preferences,
    (change) => {
      setPreferences((current) => ({ ...current, ...change }));
    },
  ];
}
