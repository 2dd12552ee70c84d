var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
var application = builder.Build();
application.MapGet("/", () => "empty");
await application.RunAsync();
