import { runServiceProcess } from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';

void runServiceProcess(smsMatchingService);
