using Pipeline.Embedded.Tests;
using Pipeline.Embedded.Tests.Support;
using Xunit.MicrosoftTestingPlatform;

return await ChildProcess.TryRunAsync() ? 0 : await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions);
