/**
 * The building blocks taken from ChatUI. Imported one by one: the package's index pulls in polyfills
 * and a sanitiser the page has no use for. Its `Chat`, `Message` and `Composer` are left out on
 * purpose, see docs/decisions (every message an assertive alert; a send button without a key).
 */
export { Bubble } from '@chatui/core/es/components/Bubble';
export { Button } from '@chatui/core/es/components/Button';
export { Card } from '@chatui/core/es/components/Card/Card';
export { CardActions } from '@chatui/core/es/components/Card/CardActions';
export { CardContent } from '@chatui/core/es/components/Card/CardContent';
export { Typing } from '@chatui/core/es/components/Typing';
