import { MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTexts } from '../texts/texts';

/** What has just been done, told in a corner; the button that closes it has a name. */
export function Announcements() {
  const { common } = useTexts();
  const closeButtonProps = { 'aria-label': common.close };
  return (
    <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }}>
      <Notifications position="bottom-right" />
    </MantineThemeProvider>
  );
}
