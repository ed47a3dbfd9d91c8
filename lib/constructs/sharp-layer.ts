import { Architecture, type LayerVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { builtLayer } from './built-layer.ts';

export interface SharpLayerProps {
  /** @default arm64 */
  readonly architecture?: Architecture;
}

/** sharp and libvips, installed from the layer's own lockfile. */
export class SharpLayer extends Construct {
  readonly layer: LayerVersion;

  constructor(scope: Construct, id: string, { architecture = Architecture.ARM_64 }: SharpLayerProps = {}) {
    super(scope, id);
    this.layer = builtLayer(this, 'sharp', architecture);
  }
}
