/** Runs after every test file (setupFilesAfterEnv in jest.config.js). */
import { closeEngine } from '../../dev/engine/closeEngine.ts';

afterAll(closeEngine);
