import { useId, useState, type ReactElement } from 'react';
import { text } from '../text/text';
import { Button } from './chatui';

interface FeedbackFormProps {
  onSubmit: (comment: string) => void;
  onCancel: () => void;
}

const COMMENT_LIMIT = 500;

/** What was missing, in the borrower's own words; may stay empty. */
export function FeedbackForm({ onSubmit, onCancel }: FeedbackFormProps): ReactElement {
  const [comment, setComment] = useState('');
  const id = useId();
  return (
    <form
      className="feedback"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit(comment.trim());
      }}
    >
      <label htmlFor={id}>{text.feedback.commentLabel}</label>
      <textarea
        id={id}
        rows={2}
        maxLength={COMMENT_LIMIT}
        value={comment}
        onChange={(event) => {
          setComment(event.target.value);
        }}
      />
      <div className="feedback-actions">
        <Button type="submit" color="primary" size="sm">
          {text.feedback.submit}
        </Button>
        <Button size="sm" onClick={onCancel}>
          {text.feedback.cancel}
        </Button>
      </div>
    </form>
  );
}
