using Azure.Core.Serialization;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Signals;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

const int BadUsage = 2;

// Whatever is wrong with the settings ends the start with the whole list of it; the host's log shows what a worker says on this way.
FunctionsSettings settings;
try
{
    settings = FunctionsSettings.Load(Path.Combine(AppContext.BaseDirectory, "bot.yaml"), BotConfiguration.ProcessEnvironment());
}
catch (ConfigurationException faults)
{
    await Console.Error.WriteLineAsync(faults.Message);
    return BadUsage;
}

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// Activities' inputs and the durable states use this too: it must not change under running instances.
builder.Services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(SignalJson.Options));
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(services => AppParts.Create(settings, services));
AppTelemetry.Add(builder, settings);

builder.Build().Run();
return 0;
