import { render } from 'preact';
import { App } from './app.tsx';
import { takeAnswer } from './sign-in/answer.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/buttons.css';
import './styles/shell.css';
import './styles/campaigns.css';
import './styles/form.css';
import './styles/photo.css';
import './styles/job.css';
import './styles/dialog.css';

const root = document.getElementById('fanfare');
if (root === null) {
  throw new Error('index.html has no element with the id "fanfare"');
}
takeAnswer();
render(<App />, root);
