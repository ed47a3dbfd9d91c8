import path from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

/** The layer that tools/build.ts has put in `build/layers/<name>-<processor>`. */
export function builtLayer(
  scope: Construct,
  name: 'sharp' | 'webcodecs',
  architecture: Architecture,
): LayerVersion {
  const processor = architecture === Architecture.ARM_64 ? 'arm64' : 'x64';
  return new LayerVersion(scope, 'Layer', {
    description: `${name} for linux-${processor}`,
    code: Code.fromAsset(path.join(import.meta.dirname, '../../build/layers', `${name}-${processor}`)),
    compatibleArchitectures: [architecture],
    compatibleRuntimes: [Runtime.NODEJS_24_X],
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
