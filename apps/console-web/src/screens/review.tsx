import { Screen } from '../parts/screen';
import { useTexts } from '../texts/texts';

export function Review() {
  const { navigation } = useTexts();
  return <Screen title={navigation.review}>{null}</Screen>;
}
