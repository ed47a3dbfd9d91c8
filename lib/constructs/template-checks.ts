import { setFlagsFromString } from 'node:v8';
import { CloudFormationValidatePlugin } from 'aws-cdk-lib';
import { RootConstruct } from 'constructs';

/**
 * The CDK's check of every template against the schemas of its resources. The process has one, because it takes a second to load the schemas; the CDK's own
 * is replaced by it.
 */
export const templateChecks = new CloudFormationValidatePlugin();

/** Loads the schemas, which the first synthesis does otherwise: for when something else is waited for. */
export function prepareTemplateChecks(): void {
  templateChecks.validate({ templatePaths: [], stackTemplates: [], appConstruct: new RootConstruct() });
}

// The checks are WebAssembly that runs for two seconds. At V8's usual budget of 13 million it optimises so much of it that this takes another second, and gains less.
setFlagsFromString('--wasm-tiering-budget=200000000');
// V8 takes their memory for a heap that outgrew its limit, and marks it from end to end twenty times in a row, to free nothing. Without helpers it tries three times: four of ten seconds less.
setFlagsFromString('--no-concurrent-marking');
