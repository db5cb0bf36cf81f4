using MediaSecurityLite.Fuzz;
using SharpFuzz;

// usage: Fuzz list | Fuzz TARGET|all [INPUTS [SEED]] | under AFL++: Fuzz TARGET (see README.md)
var targets = FuzzTargets.All;
if (args is ["list"] or [])
{
    Console.WriteLine(string.Join('\n', targets.Select(target => target.Name)));
    return 0;
}

var chosen = targets.Where(target => args[0] == "all" || target.Name == args[0]).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"Fuzz: no target '{args[0]}'; 'Fuzz list' names them");
    return 2;
}

if (Environment.GetEnvironmentVariable("__AFL_SHM_ID") is not null)
{
    Fuzzer.OutOfProcess.Run(stream =>
    {
        using var input = new MemoryStream();
        stream.CopyTo(input);
        chosen[0].Run(input.ToArray());
    });
    return 0;
}

var inputs = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 100_000;
var seed = args.Length > 2 ? int.Parse(args[2], System.Globalization.CultureInfo.InvariantCulture) : 1;
foreach (var target in chosen)
{
    if (new FuzzRun(target, seed).Run(inputs) is { } found)
    {
        var file = Path.GetFullPath($"crash-{target.Name}-{seed}");
        File.WriteAllBytes(file, found.Input);
        Console.Error.WriteLine($"{target.Name}: {found.Exception}\ninput kept in {file}");
        return 1;
    }

    Console.WriteLine($"{target.Name}: {inputs} inputs");
}

return 0;
