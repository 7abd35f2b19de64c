using FuturesBot.Adapters.Logs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FuturesBot.Functions.Wiring;

/// <summary>Makes the app's parts out of its settings.</summary>
public static class AppParts
{
    public static Parts Create(FunctionsSettings settings, IServiceProvider services)
    {
        var time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var log = new ShardLog(services.GetRequiredService<ILogger<ShardLog>>());
        return new(settings.Bot, time, cancel => AppStorage.OpenAsync(settings.Bot, time, cancel), log);
    }
}
