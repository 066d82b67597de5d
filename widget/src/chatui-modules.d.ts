declare module '@chatui/core/es/components/Bubble' {
  export { Bubble } from '@chatui/core/lib/components/Bubble';
}
declare module '@chatui/core/es/components/Button' {
  export { Button } from '@chatui/core/lib/components/Button';
}
declare module '@chatui/core/es/components/Card/Card' {
  export { Card } from '@chatui/core/lib/components/Card/Card';
}
declare module '@chatui/core/es/components/Card/CardActions' {
  export { CardActions } from '@chatui/core/lib/components/Card/CardActions';
}
declare module '@chatui/core/es/components/Card/CardContent' {
  export { CardContent } from '@chatui/core/lib/components/Card/CardContent';
}
declare module '@chatui/core/es/components/Typing' {
  export { Typing } from '@chatui/core/lib/components/Typing';
}
