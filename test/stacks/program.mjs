// Runs the whole of sst.config.ts on Pulumi's mocks, with SST's real components, and writes every resource with its
// inputs to standard output as JSON. A process of its own, since Pulumi keeps one program per process.
//   node program.mjs CHECKOUT STAGE
// It is bundled as SST bundles it (pkg/project/run.go and pkg/js/js.go of sst/sst), and runs on any Node from 20 on, as
// SST runs it on whatever Node there is.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , checkout, stage] = process.argv;
const platform = join(checkout, '.sst/platform');
const require = createRequire(join(platform, 'package.json'));
const esbuild = require('esbuild');
const ACCOUNT = '123456789012';

/** What stands for the bundle of every function here; bundles.deployed.ts makes real ones. */
const bundle = join(checkout, 'bundle');
mkdirSync(bundle, { recursive: true });
writeFileSync(join(bundle, 'handler.mjs'), '');

const server = await serveComponents();
process.env.SST_SERVER = `http://127.0.0.1:${server.address().port}`;

const config = await load(
  'app',
  `import config from '${checkout}/sst.config.ts'; export default config;`,
  {},
);
const app = { ...(await config.default.app({ stage })), stage };
const region = app.providers.aws.region;

const pulumi = require('@pulumi/pulumi');
const resources = [];
await pulumi.runtime.setMocks(
  {
    newResource({ type, name, inputs, id }) {
      resources.push({ type, name, inputs: known(inputs) });
      // An existing resource is read by its id, which is its name as well.
      const given = id ? { name: id, ...inputs } : inputs;
      return { id: id || `${name}-id`, state: { ...given, ...outputsOf(type, name, given) } };
    },
    call: ({ token, inputs }) => answerOf(token, inputs),
  },
  app.name,
  stage,
  false,
);

const cli = {
  command: 'deploy',
  dev: false,
  paths: { home: checkout, root: checkout, work: join(checkout, '.sst'), platform },
  state: { version: {} },
};
const program = await load(
  'run',
  `import { run } from '${platform}/src/auto/run.ts';
   import config from '${checkout}/sst.config.ts';
   export default () => run(config.run);`,
  { $app: JSON.stringify(app), $cli: JSON.stringify(cli), $dev: 'false' },
);
const outputs = await pulumi.runtime.runInPulumiStack(program.default);
await pulumi.runtime.waitForRPCs();
const result = JSON.stringify({ app, resources, outputs: await plain(outputs) });
await new Promise(resolve => process.stdout.write(result, resolve));
process.exit(0);

/** Bundled beside the platform, whose packages it needs. */
async function load(name, contents, define) {
  const outfile = join(checkout, `${name}.${stage}.mjs`);
  const globals = `import * as aws from '@pulumi/aws'; import * as sst from '${platform}/src/components';\n`;
  const shim = name === 'run' ? [join(platform, 'src/shim/run.js')] : [];
  await esbuild.build({
    stdin: { contents, resolveDir: checkout, sourcefile: 'eval.ts', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    nodePaths: [join(platform, 'node_modules')],
    external: ['@pulumi/*', '@aws-sdk/*', 'esbuild', 'archiver', 'glob', 'undici', 'vite'],
    define,
    inject: shim,
    logLevel: 'error',
    tsconfigRaw: {},
    banner: {
      js: `import { createRequire as topLevelCreateRequire } from 'module';
const require = topLevelCreateRequire('${platform}/package.json');
import { fileURLToPath as topLevelFileUrlToPath, URL as topLevelURL } from 'url';
const __dirname = topLevelFileUrlToPath(new topLevelURL('.', import.meta.url));
${name === 'app' ? 'const $config = config => config;' : ''}`,
    },
    plugins: name === 'app' ? [] : [prefixed(globals), fromPlatform()],
  });
  return import(pathToFileURL(outfile).href);
}

/** As SST does it: every file outside its platform sees the providers and the components. */
function prefixed(globals) {
  return {
    name: 'globals',
    setup(build) {
      build.onLoad({ filter: /\.(ts|mts)$/ }, ({ path }) => {
        if (path.includes('/.sst/') || path.includes('/platform/src/') || path.includes('node_modules/@'))
          return;
        return { contents: globals + readFileSync(path, 'utf8'), loader: 'ts' };
      });
    },
  };
}

/** What stays outside the bundle is loaded from where the platform has it. */
function fromPlatform() {
  return {
    name: 'platform packages',
    setup(build) {
      build.onResolve({ filter: /^(@pulumi|@aws-sdk|esbuild|archiver|glob|undici)/ }, ({ path }) => ({
        path: pathToFileURL(require.resolve(path)).href,
        external: true,
      }));
    },
  };
}

/** What a provider would have filled in. */
function outputsOf(type, name, inputs) {
  const named = inputs.name ?? name;
  const arn = (service, what) => `arn:aws:${service}:${region}:${ACCOUNT}:${what}`;
  switch (type) {
    case 'aws:lambda/function:Function':
      return { name: named, arn: arn('lambda', `function:${named}`), invokeArn: arn('apigateway', named) };
    case 'aws:dynamodb/table:Table':
      return { name: named, arn: arn('dynamodb', `table/${named}`) };
    case 'aws:sqs/queue:Queue':
      return {
        name: named,
        arn: arn('sqs', named),
        url: `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${named}`,
      };
    case 'aws:sns/topic:Topic':
      return { name: named, arn: arn('sns', named) };
    case 'aws:sfn/stateMachine:StateMachine':
      return { arn: arn('states', `stateMachine:${named}`) };
    case 'aws:cloudwatch/logGroup:LogGroup':
      return { name: named, arn: arn('logs', `log-group:${named}`) };
    case 'aws:cloudwatch/eventBus:EventBus':
      return { name: named, arn: arn('events', `event-bus/${named}`) };
    case 'aws:cloudwatch/eventRule:EventRule':
      return { name: named, arn: arn('events', `rule/${named}`) };
    case 'aws:cloudwatch/dashboard:Dashboard':
      return { dashboardName: inputs.dashboardName };
    case 'aws:secretsmanager/secret:Secret':
      return { name: named, arn: arn('secretsmanager', `secret:${named}`) };
    case 'aws:iam/role:Role':
      return { name: named, arn: `arn:aws:iam::${ACCOUNT}:role/${named}` };
    case 'aws:apigatewayv2/api:Api':
      return {
        apiEndpoint: `https://api-id.execute-api.${region}.amazonaws.com`,
        executionArn: arn('execute-api', 'api-id'),
      };
    default:
      return { arn: `arn:aws:${type}:${region}:${ACCOUNT}:${named}` };
  }
}

function answerOf(token, inputs) {
  switch (token) {
    case 'aws:index/getCallerIdentity:getCallerIdentity':
      return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/test`, userId: 'test' };
    case 'aws:index/getRegion:getRegion':
      return { region, name: region, id: region };
    case 'aws:index/getPartition:getPartition':
      return { partition: 'aws', dnsSuffix: 'amazonaws.com' };
    case 'aws:iam/getPolicyDocument:getPolicyDocument':
      return { ...inputs, json: JSON.stringify(documentOf(inputs)) };
    default:
      throw new Error(`no answer for ${token}`);
  }
}

/** The policy that the provider makes of the statements. */
function documentOf({ statements = [] }) {
  return {
    Version: '2012-10-17',
    Statement: statements.map(({ effect = 'Allow', actions, resources, principals, conditions }) => ({
      Effect: effect,
      Action: actions,
      ...(resources ? { Resource: resources } : {}),
      ...(principals ? { Principal: principals } : {}),
      ...(conditions?.length ? { Condition: conditionsOf(conditions) } : {}),
    })),
  };
}

function conditionsOf(conditions) {
  const of = {};
  for (const { test, variable, values } of conditions) of[test] = { ...of[test], [variable]: values };
  return of;
}

/** The part of SST's own server that components call. */
async function serveComponents() {
  const http = createServer((incoming, outgoing) => {
    let text = '';
    incoming.on('data', chunk => {
      text += chunk;
    });
    incoming.on('end', () => {
      const { method, params, id } = JSON.parse(text);
      outgoing.end(JSON.stringify({ id, result: resultOf(method, params[0]) }));
    });
  });
  await new Promise(resolve => http.listen(0, '127.0.0.1', resolve));
  http.unref();
  return http;
}

function resultOf(method, params) {
  if (method === 'Provider.Aws.Bootstrap') return { asset: 'assets', assetEcrRegistryId: '', state: 'state' };
  if (method === 'Runtime.Build') {
    resources.push({ type: 'build', name: params.functionID, inputs: params });
    return { handler: params.handler.split('/').at(-1), out: bundle, errors: [], sourcemaps: [] };
  }
  throw new Error(`SST's server is asked for ${method}, which this test does not know`);
}

/** Assets and secrets are told by Pulumi in shapes of their own. */
function known(inputs) {
  return JSON.parse(
    JSON.stringify(inputs, (key, value) => (key === 'source' || key === 'code' ? '(asset)' : value)),
  );
}

async function plain(value) {
  const resolved = await pulumi.output(value).promise();
  return JSON.parse(JSON.stringify(resolved));
}
