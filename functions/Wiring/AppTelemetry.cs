using FuturesBot.Adapters.AzureStorage;
using FuturesBot.Adapters.Telemetry;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FuturesBot.Functions.Wiring;

/// <summary>Sends what the app tells of itself, and what the worker tells of its invocations.</summary>
public static class AppTelemetry
{
    /// <summary>Name of the process, unless the settings give another.</summary>
    public const string Service = "futuresbot-functions";

    /// <summary>
    /// Sends to where the settings say. With nowhere to go the host is not told that the worker sends by itself: it then sends the
    /// worker's log with its own.
    /// </summary>
    public static void Add(IHostApplicationBuilder app, FunctionsSettings settings)
    {
        if (!settings.Telemetry.Any) return;
        // Only what runs in Azure has an identity to send with.
        var credential = settings.ClientId is { } id ? StorageAccounts.IdentityOf(id) : null;
        TelemetryExport.AddTo(
            app.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults(), app.Logging, settings.Bot.Telemetry, Service, settings.Telemetry, credential);
    }
}
