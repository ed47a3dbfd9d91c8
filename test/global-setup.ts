/** Nothing in the tests may reach AWS: credentials are fakes, and the metadata service is not asked. */
export default function setup(): void {
  process.env['AWS_EC2_METADATA_DISABLED'] = 'true';
  process.env['AWS_REGION'] ??= 'eu-west-1';
  process.env['AWS_ACCESS_KEY_ID'] = 'AKIATEST';
  process.env['AWS_SECRET_ACCESS_KEY'] = 'test';
  process.env['POWERTOOLS_DEV'] = 'true';
}
