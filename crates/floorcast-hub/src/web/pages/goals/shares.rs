//! A whole in parts by weight, to the last cent: what is left over goes to the largest remainders.

/// The part of each; `kept` parts stay as they are. The error is by how much these are more than the whole.
pub fn share_out(whole: i64, weights: &[f64], kept: &[Option<i64>]) -> Result<Vec<i64>, i64> {
    let fixed: i64 = kept.iter().flatten().sum();
    let open: Vec<usize> = (0..weights.len()).filter(|at| kept[*at].is_none()).collect();
    let rest = whole - fixed;
    if rest < 0 {
        return Err(-rest);
    }
    let mut parts: Vec<i64> = kept.iter().map(|kept| kept.unwrap_or(0)).collect();
    if open.is_empty() {
        return Ok(parts);
    }
    let sum: f64 = open.iter().map(|at| weights[*at].max(0.0)).sum();
    // Without any weight all have the same.
    let weight = |at: usize| if sum > 0.0 { weights[at].max(0.0) / sum } else { 1.0 / open.len() as f64 };
    let mut left = rest;
    let mut remainders: Vec<(f64, usize)> = Vec::new();
    for at in &open {
        let exact = rest as f64 * weight(*at);
        parts[*at] = (exact.floor() as i64).clamp(0, left);
        left -= parts[*at];
        remainders.push((exact - exact.floor(), *at));
    }
    remainders.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // Rounding leaves less than one for each; a whole that a float does not hold leaves more.
    let (each, more) = (left / open.len() as i64, left % open.len() as i64);
    for (n, (_, at)) in remainders.into_iter().enumerate() {
        parts[at] += each + i64::from((n as i64) < more);
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn parts_add_up_to_the_cent_and_what_is_kept_stays() {
        assert_eq!(share_out(100, &[1.0, 1.0, 1.0], &[None; 3]), Ok(vec![34, 33, 33]));
        assert_eq!(share_out(100, &[3.0, 1.0, 0.0], &[None, None, None]), Ok(vec![75, 25, 0]));
        assert_eq!(share_out(100, &[1.0, 1.0, 2.0], &[Some(40), None, None]), Ok(vec![40, 20, 40]));
        assert_eq!(share_out(100, &[0.0, 0.0], &[None, None]), Ok(vec![50, 50]));
        assert_eq!(share_out(100, &[1.0, 1.0], &[Some(70), Some(50)]), Err(20));
        assert_eq!(share_out(7, &[], &[]), Ok(vec![]));
        for whole in [1, 999, 123_456_789_012_345, 1_000_000_000_000_001] {
            for n in 1..40 {
                let weights: Vec<f64> = (0..n).map(|at| 0.1 + f64::from(at * 7 % 11)).collect();
                let parts = share_out(whole, &weights, &vec![None; weights.len()]).unwrap();
                assert!(parts.iter().all(|part| *part >= 0) && parts.iter().sum::<i64>() == whole, "{whole} {n}");
            }
        }
    }
}
