using Pipeline.Cli.Commands;

return await PipelineCommand.RunAsync(args);
