using Azure.Core.Serialization;
using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using FuturesBot.Adapters.Configuration;
using FuturesBot.Domain.Signals;
using FuturesBot.Functions.Wiring;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Whatever is wrong with the settings ends the start with the whole list of it.
var settings = FunctionsSettings.Load(Path.Combine(AppContext.BaseDirectory, "bot.yaml"), BotConfiguration.ProcessEnvironment());

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// Activities' inputs and the durable states use this too: it must not change under running instances.
builder.Services.Configure<WorkerOptions>(options => options.Serializer = new JsonObjectSerializer(SignalJson.Options));
builder.Services.AddSingleton(settings);
builder.Services.AddSingleton(services => AppParts.Create(settings, services));

var telemetry = builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
if (settings.ApplicationInsights is { } connection)
{
    telemetry.UseAzureMonitorExporter(options =>
    {
        options.ConnectionString = connection;
        if (settings.ClientId is { } id) options.Credential = new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(id));
    });
}

builder.Build().Run();
