import { runProgram } from './program.ts';
import { openTreasureService } from './treasure-service.ts';

/** The reference treasure service: `node service/main.ts`. */
await runProgram(process.argv.slice(2), openTreasureService);
