using Pipeline.Functions;
using Pipeline.Hosting;

return await FunctionHost.RunAsync(new FunctionHostSetup(typeof(PipelineServices).Assembly, PipelineServices.Configure) { Arguments = args });
