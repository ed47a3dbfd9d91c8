/** What a browser shows while a shared picture is made: it asks again by itself. @param seconds until then */
export const waitingPage = (seconds: number): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="refresh" content="${seconds}">
    <meta name="viewport" content="width=device-width">
    <title>Being made</title>
    <style>
      body { font: 1.125rem/1.5 system-ui, sans-serif; display: grid; place-items: center; min-height: 100vh; margin: 0; color-scheme: light dark; }
    </style>
  </head>
  <body>
    <p>It is being made. This page looks again in ${seconds} seconds.</p>
  </body>
</html>
`;
