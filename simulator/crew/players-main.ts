import { playAsTold } from './players-process.ts';

playAsTold();
