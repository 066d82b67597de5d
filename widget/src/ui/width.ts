import { useLayoutEffect, useState, type RefObject } from 'react';

const BEFORE_MEASURED = 480;

/** The width of the element's content box in pixels, kept up to date. */
export function useWidth(ref: RefObject<HTMLElement>): number {
  const [width, setWidth] = useState(BEFORE_MEASURED);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || !('ResizeObserver' in window)) return undefined;
    const observer = new ResizeObserver((entries) => {
      const measured = entries[0]?.contentRect.width;
      if (measured) setWidth(Math.round(measured));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [ref]);
  return width;
}
