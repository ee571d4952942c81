// One line of JSON for each test, read by NodeProcess; whatever the tests print goes in between.
export default async function* reporter(source) {
  const path = [];
  for await (const { type, data } of source) {
    if (type === 'test:start') {
      path.length = data.nesting;
      path[data.nesting] = data.name;
    } else if (type === 'test:pass' || type === 'test:fail') {
      const error = data.details?.error;
      const suite = data.details?.type === 'suite' || error?.failureType === 'subtestsFailed';
      if (suite && (error === undefined || error.failureType === 'subtestsFailed')) continue;
      const name = [...path.slice(0, data.nesting), data.name].join(' > ');
      const cause = error?.cause ?? error;
      const result = { name, passed: type === 'test:pass', skipped: Boolean(data.skip), reason: String(data.skip || ''), error: String(cause?.stack ?? cause ?? '') };
      yield `#RESULT ${JSON.stringify(result)}\n`;
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      yield data.message;
    }
  }
}
