using System.Collections;
using System.Reflection;
using FuturesBot.Domain.Market;

namespace FuturesBot.Domain.Tests.Reporting;

/// <summary>Copies of messages in which every text that could come from outside is another one.</summary>
internal static class Hostile
{
    private static readonly MethodInfo Cast = typeof(Enumerable).GetMethod(nameof(Enumerable.Cast))!;
    private static readonly MethodInfo ToArray = typeof(Enumerable).GetMethod(nameof(Enumerable.ToArray))!;

    /// <summary>A deep copy of a record with every string replaced, through lists and nested records.</summary>
    public static T With<T>(T value, Func<string, string> replace)
        where T : class => (T)Copy(value, replace)!;

    private static object? Copy(object? value, Func<string, string> replace) => value switch
    {
        null => null,
        string text => replace(text),
        Symbol => value,   // its own parser lets no such name through
        IEnumerable list when ElementOf(value.GetType()) is { } element => CopyList(list, element, value, replace),
        _ when Clone(value) is { } clone => CopyRecord(clone, replace),
        _ when value.GetType() is { IsValueType: true, IsPrimitive: false, IsEnum: false } type && HasStrings(type) => CopyRecord(value, replace),
        _ => value,
    };

    private static object CopyRecord(object clone, Func<string, string> replace)
    {
        for (var type = clone.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (field.FieldType.IsPrimitive || field.FieldType.IsEnum) continue;
                var before = field.GetValue(clone);
                var after = Copy(before, replace);
                if (!ReferenceEquals(before, after)) field.SetValue(clone, after);
            }
        }

        return clone;
    }

    private static object CopyList(IEnumerable list, Type element, object value, Func<string, string> replace)
    {
        var copies = new List<object?>();
        foreach (var item in list) copies.Add(Copy(item, replace));
        var array = ToArray.MakeGenericMethod(element).Invoke(null, [Cast.MakeGenericMethod(element).Invoke(null, [copies])])!;
        if (value.GetType().IsGenericType && value.GetType().GetGenericTypeDefinition() == typeof(Domain.Signals.ValueList<>)) return value;
        return array;
    }

    private static object? Clone(object value) =>
        value.GetType().GetMethod("<Clone>$", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)?.Invoke(value, null);

    private static Type? ElementOf(Type type) => type.GetInterfaces().Append(type)
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))?.GetGenericArguments()[0];

    private static bool HasStrings(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public).Any(field => !field.FieldType.IsPrimitive);
}
