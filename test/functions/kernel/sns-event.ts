import type { SNSEvent, SNSMessage } from 'aws-lambda';

/** What Lambda gets of an SNS subscription. */
export const snsEvent = (...messages: readonly Partial<SNSMessage>[]): SNSEvent => ({
  Records: messages.map((message) => ({
    EventSource: 'aws:sns',
    EventVersion: '1.0',
    EventSubscriptionArn: 'arn:aws:sns:eu-west-1:111122223333:fanfare-prod-campaigns-page:subscription',
    Sns: {
      Type: 'Notification',
      MessageId: 'm-0',
      TopicArn: 'arn:aws:sns:eu-west-1:111122223333:fanfare-prod-campaigns-page',
      Subject: 'ALARM: something',
      Message: '',
      Timestamp: '2026-11-21T03:04:05.703Z',
      SignatureVersion: '1',
      Signature: 'c2lnbmF0dXJl',
      SigningCertUrl: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService.pem',
      UnsubscribeUrl: 'https://sns.eu-west-1.amazonaws.com/?Action=Unsubscribe',
      MessageAttributes: {},
      ...message,
    },
  })),
});
