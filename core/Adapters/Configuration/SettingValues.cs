using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using FuturesBot.Domain.Market;

namespace FuturesBot.Adapters.Configuration;

/// <summary>Texts of the file to values of the options types, and back.</summary>
internal static class SettingValues
{
    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    public static bool IsValue(Type type) =>
        type == typeof(bool) || type == typeof(int) || type == typeof(long) || type == typeof(double)
        || type == typeof(decimal) || type == typeof(string) || type.IsEnum;

    public static bool IsNumber(Type type) => IsValue(type) && type != typeof(bool) && type != typeof(string) && !type.IsEnum;

    public static bool IsWhole(Type type) => type == typeof(int) || type == typeof(long);

    public static IReadOnlyList<string>? ChoicesOf(PropertyInfo property)
    {
        if (property.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed)
            return [.. allowed.Values.OfType<string>()];
        if (property.PropertyType == typeof(TimeFrame)) return [.. TimeFrames.All.Select(frame => frame.Code())];
        return property.PropertyType.IsEnum ? [.. Enum.GetNames(property.PropertyType).Select(SettingNames.Snake)] : null;
    }

    /// <summary>The value as the file writes it.</summary>
    public static string Text(object value) => value switch
    {
        bool flag => flag ? "true" : "false",
        TimeFrame frame => frame.Code(),
        Enum choice => SettingNames.Snake(choice.ToString()),
        double number => decimal.TryParse(number.ToString("R", Plain), NumberStyles.Float, Plain, out var exact)
            ? Short(exact)
            : number.ToString("R", Plain),
        decimal number => Short(number),
        IFormattable other => other.ToString(null, Plain),
        _ => value.ToString() ?? "",
    };

    /// <summary>What may stand there, for people: <c>a number from 0 to 10</c>.</summary>
    public static string Allowed(Setting setting)
    {
        if (setting.Choices is { } choices) return $"one of {string.Join(", ", choices)}";
        if (setting.Type == typeof(bool)) return "true or false";
        if (setting.Type == typeof(string)) return "a text";
        var kind = IsWhole(setting.Type) ? "a whole number" : "a number";
        return setting.Range is { } range ? $"{kind} from {Bound(range.Minimum)} to {Bound(range.Maximum)}" : kind;
    }

    public static string Bound(object bound) => Text(Convert.ToDouble(bound, Plain));

    /// <summary>Reads the text; false when it is not of the setting's type or outside its range.</summary>
    public static bool TryRead(Setting setting, string text, out object value)
    {
        value = text;
        if (setting.Choices is { } choices && !choices.Contains(text)) return false;
        var read = setting.Type == typeof(string) || TryParse(setting.Type, text, out value);
        return read && InRange(setting, value);
    }

    private static bool InRange(Setting setting, object value)
    {
        if (setting.Range is not { } range) return true;
        var number = Convert.ToDouble(value, Plain);
        return number >= Convert.ToDouble(range.Minimum, Plain) && number <= Convert.ToDouble(range.Maximum, Plain);
    }

    private static bool TryParse(Type type, string text, out object value)
    {
        object? found = null;
        if (type == typeof(bool)) found = text switch { "true" => true, "false" => false, _ => null };
        else if (type == typeof(int) && int.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var whole)) found = whole;
        else if (type == typeof(long) && long.TryParse(text, NumberStyles.AllowLeadingSign, Plain, out var large)) found = large;
        else if (type == typeof(decimal) && decimal.TryParse(text, NumberStyles.Float, Plain, out var exact)) found = exact;
        else if (type == typeof(double) && double.TryParse(text, NumberStyles.Float, Plain, out var number) && double.IsFinite(number)) found = number;
        else if (type == typeof(TimeFrame) && TimeFrames.TryParse(text, out var frame)) found = frame;
        else if (type.IsEnum) found = Enum.GetValues(type).Cast<object>().FirstOrDefault(choice => SettingNames.Snake(choice.ToString()!) == text);

        value = found ?? text;
        return found is not null;
    }

    private static string Short(decimal number) => (number / 1.0000000000000000000000000000m).ToString(Plain);
}
