/** Colours for day and night: those of the console. */
const light = {
  page: '#f1f1ee',
  card: '#ffffff',
  ink: '#17171a',
  muted: '#5b5b5f',
  rule: '#e4e4df',
  line: '#85858a',
  bad: '#b01d2e',
  badCard: '#fdf4f4',
};
const dark = {
  page: '#121214',
  card: '#1c1c20',
  ink: '#f4f4f0',
  muted: '#a9a9ad',
  rule: '#2e2e34',
  line: '#85858b',
  bad: '#ff8f92',
  badCard: '#291a1d',
};

/** The style sheet of a picture; dark where the reader's system is. */
export const style = `
text{font-family:"Helvetica Neue",Helvetica,"Segoe UI",Roboto,Arial,sans-serif}
.bold{font-weight:700}
.end{text-anchor:end}
.line{fill:none;stroke-width:1.6}
.helped{stroke-dasharray:5 4}
.arrow{stroke:none}
.card{stroke-width:1}
.single{stroke-width:1.6}
.rule{stroke-width:1}
${rules(light)}
@media (prefers-color-scheme:dark){
${rules(dark)}
}
`;

function rules(colour: typeof light): string {
  return `.page{fill:${colour.page}}
.card{fill:${colour.card};stroke:${colour.line}}
.single{fill:${colour.badCard};stroke:${colour.bad}}
.rule{stroke:${colour.rule}}
.ink{fill:${colour.ink}}
.muted{fill:${colour.muted}}
.bad{fill:${colour.bad}}
.line.needs{stroke:${colour.bad}}
.line.helped{stroke:${colour.line}}
.arrow.needs{fill:${colour.bad}}
.arrow.helped{fill:${colour.line}}`;
}
