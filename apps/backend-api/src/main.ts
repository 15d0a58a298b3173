import { runService } from '@secure-backend/chassis/service';
import { backendApi } from './service.ts';

await runService(backendApi);
