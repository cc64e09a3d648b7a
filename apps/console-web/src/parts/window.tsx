import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/texts';

/** A window over the screen. Its head is no landmark, and its closing button has a name. */
export function Window(props: {
  readonly title: string;
  readonly isOpen: boolean;
  readonly close: () => void;
  readonly size?: string;
  readonly zIndex?: number;
  readonly children: ReactNode;
}) {
  const { common } = useTexts();
  return (
    <Modal.Root
      opened={props.isOpen}
      onClose={props.close}
      size={props.size ?? 'md'}
      centered
      {...(props.zIndex !== undefined && { zIndex: props.zIndex })}
    >
      <Modal.Overlay />
      <Modal.Content>
        <div className="window-head">
          <Modal.Title>{props.title}</Modal.Title>
          <Modal.CloseButton aria-label={common.close} />
        </div>
        <Modal.Body>{props.children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
