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
// Their memory, which V8 counts as the heap's, is beyond its limit from then on: it would mark the whole heap some twenty times in a row, to free nothing. Without helpers it does so three times.
setFlagsFromString('--no-concurrent-marking');
