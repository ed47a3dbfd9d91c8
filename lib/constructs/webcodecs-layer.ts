import { Architecture, type LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtLayer } from './built-layer.ts';

/** What decodes and encodes movies, installed from the layer's own lockfile. There is none for arm64: functions that use it run on x86_64. */
export class WebCodecsLayer extends Construct {
  static readonly architecture = Architecture.X86_64;
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.layer = builtLayer(this, 'webcodecs', WebCodecsLayer.architecture);
  }
}
