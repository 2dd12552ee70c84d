using Pipeline.Fixtures;
using Pipeline.Fixtures.Kinds;
using Pipeline.Fixtures.Running;

return new FixtureConsole(new FixtureRunner(FixtureKinds.All), Console.Out).Run(args);
