import { startAwsFront } from '../../local/aws/aws-front.ts';

/** The local stage's S3 in a process of its own, as AWS is: prints its address, and ends with its parent. */
const front = await startAwsFront({
  region: 'eu-west-1',
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
});
process.stdout.write(`${front.endpoint}\n`);
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
